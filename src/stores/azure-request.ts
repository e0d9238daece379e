import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpMethods,
} from "@azure/core-rest-pipeline";

/** A request to one of Azure's services beside the blobs. */
export interface AzureRequest {
  readonly method: HttpMethods & ("GET" | "POST");
  readonly url: string;
  readonly bearer?: string;
}

/** Sends a request as the SDK sends its own, retries and the proxy of the environment included; gives the JSON of the answer. */
export async function azureRequest({ method, url, bearer }: AzureRequest): Promise<unknown> {
  const headers = createHttpHeaders({
    accept: "application/json",
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
  });
  const pipeline = createPipelineFromOptions({ retryOptions: { retryDelayInMs: 500 } });
  const request = createPipelineRequest({ method, url, headers });
  const { status, bodyAsText } = await pipeline.sendRequest(createDefaultHttpClient(), request);
  if (status >= 300) throw new Error(refusalOf(status, bodyAsText ?? ""));
  return JSON.parse(bodyAsText ?? "");
}

function refusalOf(status: number, body: string): string {
  try {
    const { error } = JSON.parse(body) as {
      readonly error?: { readonly code?: string; readonly message?: string };
    };
    return [error?.code, error?.message].filter(Boolean).join(": ") || `status ${status}`;
  } catch {
    return `status ${status}`;
  }
}
