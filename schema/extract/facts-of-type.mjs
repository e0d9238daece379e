/**
 * What the source of a provider says of a resource type, in the words of an overlay. Groups of names are sorted, and a
 * group that several attributes name stands once.
 */
export function factsOfType({ version = 0, custom = false, fields }) {
  const entries = Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : 1));
  const where = (holds) => entries.filter(([, field]) => holds(field)).map(([path]) => path);
  const facts = {
    schema_version: version,
    custom,
    force_new: where(({ force_new, optional, computed }) => force_new && (optional || !computed)),
    defaults: Object.fromEntries(entries.filter(([, field]) => field.default !== undefined).map(([path, field]) => [path, field.default])),
    sensitive: where(({ sensitive }) => sensitive),
    exactly_one_of: groups(entries, "exactly_one_of"),
    at_least_one_of: groups(entries, "at_least_one_of"),
    conflicts: pairs(entries),
    required_with: Object.fromEntries(
      entries.filter(([, field]) => field.required_with).map(([path, field]) => [path, others(path, field.required_with)]),
    ),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => !isNothing(value)));
}

function groups(entries, key) {
  const found = entries.flatMap(([, field]) => (field[key] ? [field[key].map(plain).sort()] : []));
  return distinct(found);
}

/** Each attribute with those that it excludes, where these do not name it already. */
function pairs(entries) {
  const found = entries.flatMap(([path, field]) =>
    others(path, field.conflicts_with ?? []).map((other) => [path, other].sort()),
  );
  return distinct(found);
}

function others(path, names) {
  return names.map(plain).filter((name) => name !== path);
}

/** The only element of a block has an index in the source, and none in an overlay. */
function plain(name) {
  return name.replaceAll(/\.\d+(?=\.|$)/g, "");
}

function distinct(lists) {
  return [...new Map(lists.map((list) => [list.join(" "), list])).values()].sort((left, right) =>
    left.join(" ") < right.join(" ") ? -1 : 1,
  );
}

function isNothing(value) {
  if (value === 0 || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
