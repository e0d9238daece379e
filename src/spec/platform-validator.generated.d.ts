import type { ValidateFunction } from "ajv";

/** Generated from schema/platform.schema.json by build.mjs. */
export declare const validate: ValidateFunction;
export default validate;
