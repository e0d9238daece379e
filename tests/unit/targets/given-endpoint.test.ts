import { expect, test } from "vitest";
import { givenEndpoint } from "../../../src/targets/given-endpoint.ts";

function given(endpoint: string, host?: string) {
  return givenEndpoint({ PLATC_EMULATOR_ENDPOINT: endpoint, PLATC_EMULATOR_HOST: host });
}

test("an endpoint on this machine is taken, by its number", () => {
  expect(givenEndpoint({})).toBeUndefined();
  expect(given("")).toBeUndefined();
  expect(given("http://127.0.0.1:4566/")).toEqual({ status: "given", endpoint: "http://127.0.0.1:4566" });
  expect(given("http://localhost:4566")).toEqual({ status: "given", endpoint: "http://127.0.0.1:4566" });
  expect(given("http://[::1]:5000")).toEqual({ status: "given", endpoint: "http://[::1]:5000" });
});

test("one on another machine only where its host is named once more", () => {
  expect(given("http://localstack:4566")).toEqual({
    status: "failed",
    message: "PLATC_EMULATOR_ENDPOINT names 'localstack', which is not this machine",
    hint: "If it is an emulator, say so: PLATC_EMULATOR_HOST=localstack",
  });
  expect(given("http://localstack:4566", "localstack")).toEqual({
    status: "given",
    endpoint: "http://localstack:4566",
  });
  expect(given("http://127.0.0.1.example.com")).toMatchObject({ status: "failed" });
});

test("AWS itself never, and nothing that is no address", () => {
  for (const host of ["s3.amazonaws.com", "s3.cn-north-1.amazonaws.com.cn", "lambda.eu-west-1.api.aws"]) {
    expect(given(`https://${host}`, host)).toMatchObject({
      message: `PLATC_EMULATOR_ENDPOINT names AWS itself, '${host}'`,
    });
  }
  expect(given("4566")).toMatchObject({
    message: "PLATC_EMULATOR_ENDPOINT is '4566', which is no http address",
  });
  expect(given("localhost:4566")).toMatchObject({ status: "failed" });
});
