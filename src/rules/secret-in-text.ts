/** What a text holds that is a secret by its form, whatever its name is. */
interface Form {
  readonly what: string;
  readonly isIn: (text: string) => boolean;
}

const ACCESS_KEY_ID = /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/;
/** Where something is inserted after the first line, the key itself is not here. */
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?!(?:\s|\\n)*(?:\0|<|\.|-))(?:\s|\\n)*\S/;
const URL_PASSWORD = /[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:(?<password>[^\s/?#@]+)@/gi;
/** What is inserted when something runs: templates of platc, of Terraform, of a shell, of a format; and `<password>`, `***`. */
const INSERTED = /\0|\$|%[sd({]|<|^\*+$|^\.+$/;

const FORMS: readonly Form[] = [
  { what: "an access key of AWS", isIn: (text) => ACCESS_KEY_ID.test(text) },
  { what: "a private key", isIn: (text) => PRIVATE_KEY.test(text) },
  {
    what: "a URL with a password",
    isIn: (text) =>
      [...text.matchAll(URL_PASSWORD)].some(({ groups }) => !INSERTED.test(groups?.["password"] ?? "")),
  },
];

/** The secret that a text holds in clear, such as `a URL with a password`; undefined where it holds none or a template inserts it. */
export function secretInText(text: string): string | undefined {
  if (!/AKIA|ASIA|-----BEGIN|:\/\//.test(text)) return undefined;
  const withoutTemplates = text.replace(/\{\{[^]*?\}\}|[$%]\{[^}]*\}/g, "\0");
  return FORMS.find(({ isIn }) => isIn(withoutTemplates))?.what;
}
