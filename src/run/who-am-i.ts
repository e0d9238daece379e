import { hostname, userInfo } from "node:os";

/** `user@host`, as Terraform writes it into locks. */
export function whoAmI(): string {
  return `${userInfo().username}@${hostname()}`;
}
