declare module "handlebars/dist/cjs/handlebars/compiler/base.js" {
  const base: { parseWithoutProcessing(input: string): unknown };
  export default base;
}
