/** Filters rows and stacks by the words typed, and opens the stack that a link points at. */
export const HTML_SCRIPT = `
const box = document.getElementById("filter");
const items = [...document.querySelectorAll("[data-words]")];
const none = document.getElementById("none");
const filter = () => {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const item of items) {
    item.hidden = !words.every((word) => item.dataset.words.includes(word));
    if (!item.hidden) shown++;
  }
  none.hidden = shown > 0 || items.length === 0;
};
const open = () => {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (!(target instanceof HTMLDetailsElement)) return;
  if (target.hidden) { box.value = ""; filter(); }
  target.open = true;
  target.scrollIntoView();
};
box.hidden = false;
box.addEventListener("input", filter);
addEventListener("hashchange", open);
filter();
open();
`;
