/** Ids that EC2 of an emulated account answers with. Its client is no dependency of platc; its protocol is a form and XML. */
export async function ec2Ids(
  endpoint: string,
  action: string,
  element: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/ap-northeast-2/ec2/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: new URLSearchParams({ Action: action, Version: "2016-11-15", ...parameters }).toString(),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return [...text.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map(([, id = ""]) => id);
}
