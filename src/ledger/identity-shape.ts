import type { ProcessIdentity } from "../stores/process-identity.ts";
import { numeric, objectOf, orNull, text } from "./shape.ts";

/** The identity of a process in an entry. */
export const identityShape = objectOf<ProcessIdentity>({ pid: numeric, host: text, born: orNull(text) });
