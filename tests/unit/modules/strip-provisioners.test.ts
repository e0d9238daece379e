import { expect, test } from "vitest";
import { stripProvisioners } from "../../../src/modules/strip-provisioners.ts";

test("a provisioner goes, and every other line stays where it was", () => {
  const text = `resource "terraform_data" "a" {
  input = "\${var.names["provisioner"]} # {"
  provisioner "local-exec" {
    command = "echo \${jsonencode({ a = "}" })} }"
    environment = { A = "b" }
  }
  provisioner "remote-exec" {
    inline = [<<-EOT
      provisioner "local-exec" { }}}
      EOT
    ]
  }
  # provisioner "local-exec" {
  triggers_replace = 1
}
`;
  const { text: stripped, provisioners } = stripProvisioners(text);
  expect(provisioners).toEqual(["local-exec", "remote-exec"]);
  expect(stripped).toBe(`resource "terraform_data" "a" {
  input = "\${var.names["provisioner"]} # {"
  ${"\n".repeat(3)}
  ${"\n".repeat(5)}
  # provisioner "local-exec" {
  triggers_replace = 1
}
`);
});

test("text without a provisioner block comes back as it was", () => {
  const text = `locals {
  provisioner = "x"
  a = "$\${provisioner \\"local-exec\\" {"
  b = <<EOT
provisioner "local-exec" {
EOT
  c = { provisioner = { } } /* provisioner "a" { */
}
`;
  expect(stripProvisioners(text)).toEqual({ text, provisioners: [] });
});

test("a block on one line", () => {
  expect(stripProvisioners('resource "a" "b" { provisioner "local-exec" { command = "x" } }').text).toBe(
    'resource "a" "b" {  }',
  );
});

test("comments before it and within its header hide no provisioner", () => {
  const text = `resource "a" "b" {
  /* runs */ provisioner /* on */ "local-exec" /* this
  machine */ { command = "x" }
  input = 1 // provisioner "local-exec" {
  provisioner remote-exec { inline = [] }
}
removed {
  from = a.c
  provisioner "local-exec" { when = destroy }
}
`;
  const { text: stripped, provisioners } = stripProvisioners(text);
  expect(provisioners).toEqual(["local-exec", "remote-exec", "local-exec"]);
  expect(stripped).toBe(`resource "a" "b" {
  /* runs */ 

  input = 1 // provisioner "local-exec" {
  
}
removed {
  from = a.c
  
}
`);
});
