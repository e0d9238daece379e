// Runs inside the child process: one invocation of a Node handler. argv: event file, result file, context file.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [eventFile, resultFile, contextFile] = process.argv.slice(2);
const handlerName = process.env._HANDLER;

function finish(error, payload) {
  fs.writeFileSync(resultFile, JSON.stringify({ error, payload: payload ?? null }));
  process.exit(0);
}

function fail(thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  console.error(error.stack);
  const trace = String(error.stack).split("\n");
  finish(true, { errorType: error.name, errorMessage: error.message, trace });
}

function readContext() {
  const fields = JSON.parse(fs.readFileSync(contextFile, "utf8"));
  const deadline = Date.now() + fields.timeout * 1000;
  return {
    functionName: fields.function_name,
    functionVersion: fields.function_version,
    invokedFunctionArn: fields.invoked_function_arn,
    memoryLimitInMB: fields.memory_limit_in_mb,
    awsRequestId: fields.aws_request_id,
    logGroupName: fields.log_group_name,
    logStreamName: fields.log_stream_name,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

async function loadHandler() {
  const dot = handlerName.lastIndexOf(".");
  const base = path.resolve(handlerName.slice(0, dot));
  const file = [".mjs", ".js", ".cjs"].map((end) => base + end).find((name) => fs.existsSync(name));
  if (!file) {
    const error = new Error(`Cannot find module '${handlerName.slice(0, dot)}'`);
    error.name = "Runtime.ImportModuleError";
    throw error;
  }
  const module = await import(pathToFileURL(file).href);
  const name = handlerName.slice(dot + 1);
  const handler = module[name] ?? module.default?.[name];
  if (typeof handler !== "function") {
    const error = new Error(`${handlerName} is undefined or not exported`);
    error.name = "Runtime.HandlerNotFound";
    throw error;
  }
  return handler;
}

process.on("uncaughtException", fail);
process.on("beforeExit", () => finish(false, null));

try {
  const handler = await loadHandler();
  const event = JSON.parse(fs.readFileSync(eventFile, "utf8"));
  const callback = (error, value) => (error ? fail(error) : finish(false, value));
  const returned = handler(event, readContext(), callback);
  if (typeof returned?.then === "function") finish(false, await returned);
} catch (error) {
  fail(error);
}
