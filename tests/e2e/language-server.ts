import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  createProtocolConnection,
  type Diagnostic,
  DidOpenTextDocumentNotification,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const SERVER = join(import.meta.dirname, "../../node_modules/yaml-language-server/bin/yaml-language-server");

/** The real yaml-language-server over a schema of ours, asked as an editor asks it. */
export interface LanguageServer {
  /** What is offered where `‸` stands in the text. */
  readonly complete: (text: string) => Promise<readonly CompletionItem[]>;
  /** What is shown of the place where `‸` stands. */
  readonly hover: (text: string) => Promise<string>;
  /** What is flagged. */
  readonly diagnose: (text: string) => Promise<readonly Diagnostic[]>;
  readonly stop: () => Promise<void>;
}

export async function startLanguageServer(schema: string): Promise<LanguageServer> {
  const folder = mkdtempSync(join(tmpdir(), "platc-editor-"));
  writeFileSync(join(folder, "platform.schema.json"), schema);
  const process_ = spawn(process.execPath, [SERVER, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(process_.stdout),
    new StreamMessageWriter(process_.stdin),
  );
  const published = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) =>
    published.get(uri)?.(diagnostics),
  );
  const settings: Readonly<Record<string, unknown>> = {
    yaml: {
      completion: true,
      hover: true,
      validate: true,
      schemaStore: { enable: false },
      customTags: ["!raw scalar", "!unset scalar", "!replace mapping"],
    },
  };
  connection.onRequest("workspace/configuration", ({ items }: { items: { section?: string }[] }) =>
    items.map(({ section }) => settings[section ?? ""] ?? {}),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  await initialize(connection, folder);

  let documents = 0;
  const open = async (
    marked: string,
  ): Promise<{ uri: string; position: { line: number; character: number } }> => {
    const at = marked.indexOf("‸");
    const text = `# yaml-language-server: $schema=platform.schema.json\n${marked.replace("‸", "")}`;
    const before = `#\n${marked.slice(0, Math.max(at, 0))}`.split("\n");
    const uri = pathToFileURL(join(folder, `spec-${documents++}.yaml`)).href;
    await connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: "yaml", version: 1, text },
    });
    return { uri, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
  };
  return {
    complete: async (text) => {
      const { uri, position } = await open(text);
      const answer = await connection.sendRequest(CompletionRequest.type, {
        textDocument: { uri },
        position,
      });
      return Array.isArray(answer) ? answer : ((answer as CompletionList | null)?.items ?? []);
    },
    hover: async (text) => {
      const { uri, position } = await open(text);
      return hoverText(await connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }));
    },
    diagnose: async (text) => {
      const answer = new Promise<readonly Diagnostic[]>((resolve) => {
        published.set(pathToFileURL(join(folder, `spec-${documents}.yaml`)).href, resolve);
      });
      await open(text);
      return answer;
    },
    stop: () => stop(connection, process_, folder),
  };
}

async function initialize(connection: ProtocolConnection, folder: string): Promise<void> {
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "project" }],
    capabilities: {
      workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
      textDocument: {
        completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
        hover: { contentFormat: ["markdown"] },
        publishDiagnostics: {},
      },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  await connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
}

function hoverText(hover: Hover | null): string {
  const contents = hover?.contents;
  return typeof contents === "object" && "value" in contents ? contents.value : String(contents ?? "");
}

async function stop(connection: ProtocolConnection, server: ChildProcess, folder: string): Promise<void> {
  await connection.sendRequest("shutdown").catch(() => undefined);
  await connection.sendNotification("exit").catch(() => undefined);
  connection.dispose();
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
