/** A type as CDKTF generates it, in TypeScript: one of each form that a schema can take there. */
export const ORDER = `
export interface OrderConfig extends cdktf.TerraformMetaArguments {
  /**
  * What for; not a block.
  *
  * Docs at Terraform Registry: {@link https://registry.example/docs#description Order#description}
  */
  readonly description?: string;
  /**
  * Docs at Terraform Registry: {@link https://registry.example/docs#labels Order#labels}
  */
  readonly labels?: { [key: string]: string };
  /**
  * Docs at Terraform Registry: {@link https://registry.example/docs#line Order#line}
  */
  readonly line?: OrderLine[] | cdktf.IResolvable;
  /**
  * Docs at Terraform Registry: {@link https://registry.example/docs#name Order#name}
  */
  readonly name: string;
  /**
  * Docs at Terraform Registry: {@link https://registry.example/docs#pin_wo Order#pin_wo}
  */
  readonly pinWo?: string;
  /**
  * Docs at Terraform Registry: {@link https://registry.example/docs#tags Order#tags}
  */
  readonly tags?: string[];
  /**
  * address block
  *
  * Docs at Terraform Registry: {@link https://registry.example/docs#address Order#address}
  */
  readonly address: OrderAddress;
  /**
  * note block
  *
  * Docs at Terraform Registry: {@link https://registry.example/docs#note Order#note}
  */
  readonly note?: OrderNote[] | cdktf.IResolvable;
  /**
  * timeouts block
  *
  * Docs at Terraform Registry: {@link https://registry.example/docs#timeouts Order#timeouts}
  */
  readonly timeouts?: OrderTimeouts;
}
${struct("Line", { count: "number", text: "string" }, "count")}
${struct("Address", { street: "string" }, "street")}
${struct("Note", { text: "string" }, "text")}
${struct("Timeouts", { create: "string" }, "")}
export interface OrderReceipt {
}

export class OrderReceiptOutputReference extends cdktf.ComplexObject {
  // number - computed: true, optional: false, required: false
  public get number() {
    return this.getNumberAttribute('number');
  }

  // pages - computed: true, optional: false, required: false
  public get pages() {
    return cdktf.Fn.tolist(this.getListAttribute('pages'));
  }
}

export class Order extends cdktf.TerraformResource {
  public static readonly tfResourceType = "shop_order";

  public constructor(scope: Construct, id: string, config: OrderConfig) {
    this._name = config.name;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // anything - computed: true, optional: false, required: false
  public get anything() {
    return this.interpolationForAttribute('anything');
  }

  // description - computed: false, optional: true, required: false
  private _description?: string;
  public get description() {
    return this.getStringAttribute('description');
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // labels - computed: true, optional: true, required: false
  private _labels?: { [key: string]: string };
  public get labels() {
    return this.getStringMapAttribute('labels');
  }

  // line - computed: true, optional: true, required: false
  private _line = new OrderLineList(this, "line", true);
  public get line() {
    return this._line;
  }

  // name - computed: false, optional: false, required: true
  private _name?: string;
  public get name() {
    return this.getStringAttribute('name');
  }

  // pin_wo - computed: false, optional: true, required: false
  private _pinWo?: string;
  public get pinWo() {
    return this.getStringAttribute('pin_wo');
  }

  // receipt - computed: true, optional: false, required: false
  private _receipt = new OrderReceiptList(this, "receipt", false);
  public get receipt() {
    return this._receipt;
  }

  // scores - computed: true, optional: false, required: false
  private _scores = new cdktf.NumberMap(this, "scores");
  public get scores() {
    return this._scores;
  }

  // tags - computed: false, optional: true, required: false
  private _tags?: string[];
  public get tags() {
    return cdktf.Fn.tolist(this.getListAttribute('tags'));
  }

  // address - computed: false, optional: false, required: true
  private _address = new OrderAddressOutputReference(this, "address");
  public get address() {
    return this._address;
  }

  // note - computed: false, optional: true, required: false
  private _note = new OrderNoteList(this, "note", true);
  public get note() {
    return this._note;
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new OrderTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
${attribute("description", "cdktf.stringToHclTerraform(this._description)", "simple", "string")}
${attribute("labels", "cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._labels)", "map", "stringMap")}
${attribute("line", "cdktf.listMapperHcl(orderLineToHclTerraform, false)(this._line.internalValue)", "set", "OrderLineList")}
${attribute("name", "cdktf.stringToHclTerraform(this._name)", "simple", "string")}
${attribute("pin_wo", "cdktf.stringToHclTerraform(this._pinWo)", "simple", "string")}
${attribute("tags", "cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._tags)", "set", "stringList")}
${attribute("address", "orderAddressToHclTerraform(this._address.internalValue)", "list", "OrderAddressList")}
${attribute("note", "cdktf.listMapperHcl(orderNoteToHclTerraform, true)(this._note.internalValue)", "set", "OrderNoteList")}
${attribute("timeouts", "orderTimeoutsToHclTerraform(this._timeouts.internalValue)", "struct", "OrderTimeouts")}
    };
  }
}
`;

/** A provider block, of which CDKTF generates no classes for what is nested. */
export const PROVIDER = `
export interface ShopProviderConfig {
  /**
  * Alias name
  *
  * Docs at Terraform Registry: {@link https://registry.example/docs#alias ShopProvider#alias}
  */
  readonly alias?: string;
  /**
  * Docs at Terraform Registry: {@link https://registry.example/docs#region ShopProvider#region}
  */
  readonly region: string;
  /**
  * login block
  *
  * Docs at Terraform Registry: {@link https://registry.example/docs#login ShopProvider#login}
  */
  readonly login?: ShopProviderLogin[] | cdktf.IResolvable;
}
export interface ShopProviderLogin {
  /**
  * Docs at Terraform Registry: {@link https://registry.example/docs#user ShopProvider#user}
  */
  readonly user?: string;
}

export function shopProviderLoginToHclTerraform(struct?: ShopProviderLogin | cdktf.IResolvable): any {
  const attrs = {
${attribute("user", "cdktf.stringToHclTerraform(struct!.user)", "simple", "string")}
  };
}

export class ShopProvider extends cdktf.TerraformProvider {
  public constructor(scope: Construct, id: string, config: ShopProviderConfig) {
  }

  // alias - computed: false, optional: true, required: false
  private _alias?: string;

  // region - computed: false, optional: false, required: true
  private _region?: string;

  // login - computed: false, optional: true, required: false
  private _login?: ShopProviderLogin[] | cdktf.IResolvable;

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
${attribute("alias", "cdktf.stringToHclTerraform(this._alias)", "simple", "string")}
${attribute("region", "cdktf.stringToHclTerraform(this._region)", "simple", "string")}
${attribute("login", "cdktf.listMapperHcl(shopProviderLoginToHclTerraform, true)(this._login)", "list", "ShopProviderLoginList")}
    };
  }
}
`;

function attribute(name: string, value: string, type: string, storage: string): string {
  return `      ${name}: {
        value: ${value},
        isBlock: false,
        type: "${type}",
        storageClassType: "${storage}",
      },`;
}

function struct(name: string, fields: Readonly<Record<string, string>>, required: string): string {
  const names = Object.keys(fields);
  const mark = (field: string): string => (field === required ? "" : "?");
  return `export interface Order${name} {
${names.map((field) => `  /**\n  * Docs: {@link https://registry.example/docs#${field} Order#${field}}\n  */\n  readonly ${field}${mark(field)}: ${fields[field]};`).join("\n")}
}

export function order${name}ToHclTerraform(struct?: Order${name} | cdktf.IResolvable): any {
  const attrs = {
${names.map((field) => attribute(field, `cdktf.${fields[field]}ToHclTerraform(struct!.${field})`, "simple", fields[field]!)).join("\n")}
  };
}

export class Order${name}OutputReference extends cdktf.ComplexObject {
${names.map((field) => `  // ${field} - computed: false, optional: ${field !== required}, required: ${field === required}\n  private _${field}?: ${fields[field]};\n`).join("\n")}}
`;
}
