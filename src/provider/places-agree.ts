/** What a machine calls a place; another name may mean the same one. */
const LOCAL_NAMES = new Set(["config_context", "config_path", "profile"]);

/** Whether two ids of the world may lie in one place: no setting that both have, and both know, differs. */
export function placesAgree(left: string, right: string): boolean {
  const [one, other] = [placesOf(left), placesOf(right)];
  return [...one].every(([name, place]) => !other.has(name) || other.get(name) === place);
}

function placesOf(worldId: string): ReadonlyMap<string, string> {
  const [, places = ""] = /^\[([^\]]*)\] /.exec(worldId) ?? [];
  const named = places.split(" ").map((place) => [place.split("=", 1)[0]!, place] as const);
  return new Map(named.filter(([name, place]) => !LOCAL_NAMES.has(name) && !place.endsWith("=?")));
}
