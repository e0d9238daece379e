/** A block that forces a new resource does so where it comes or goes, unless all that is in it does. */
const PRESENCE = [{ from: [null] }, { to: [null] }];

/**
 * What the source of a provider says of a resource type, in the words of an overlay. Groups of names are sorted, and a
 * group that several attributes name stands once. Of what is written as an attribute with objects in it, no default
 * counts: Terraform wants each of its names.
 */
export function factsOfType({ version = 0, custom = false, fields }) {
  const entries = Object.entries(fields)
    .filter(([path]) => !prefixes(path).some((one) => fields[one].attribute))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const where = (holds) => entries.filter((entry) => holds(entry[1], entry[0])).map(([path]) => path);
  const forcing = where((field) => field.force_new && isWritten(field));
  const whole = forcing.filter((path) => isWhole(path, fields));
  const facts = {
    schema_version: version,
    custom,
    force_new: forcing.filter(
      (path) =>
        (whole.includes(path) || !fields[path].block || fields[path].attribute) &&
        !prefixes(path).some((one) => whole.includes(one)),
    ),
    force_new_if: Object.fromEntries(
      forcing
        .filter((path) => fields[path].block && !fields[path].attribute && !whole.includes(path))
        .map((path) => [path, PRESENCE]),
    ),
    defaults: Object.fromEntries(
      entries.filter(([, field]) => field.default !== undefined).map(([path, field]) => [path, field.default]),
    ),
    sensitive: where((field, path) => field.sensitive && !prefixes(path).some((one) => fields[one].sensitive)),
    exactly_one_of: groups(entries, "exactly_one_of"),
    at_least_one_of: groups(entries, "at_least_one_of"),
    conflicts: pairs(entries),
    required_with: Object.fromEntries(
      entries.filter(([, field]) => field.required_with).map(([path, field]) => [path, others(path, field.required_with)]),
    ),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => !isNothing(value)));
}

/** Whether a block forces a new resource, and with it all that is written in it. */
function isWhole(path, fields) {
  if (!fields[path].block || fields[path].attribute) return false;
  const inner = Object.entries(fields).filter(([one, field]) => one.startsWith(`${path}.`) && isWritten(field));
  return inner.every(([, field]) => field.force_new || field.block);
}

function isWritten({ optional, computed }) {
  return optional || !computed;
}

/** `a` and `a.b` of `a.b.c`. */
function prefixes(path) {
  const names = path.split(".");
  return names.slice(1).map((_, at) => names.slice(0, at + 1).join("."));
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
