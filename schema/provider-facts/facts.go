// Prints, as JSON, what the source of a Terraform provider says of its types and what `terraform providers schema`
// leaves out: which attributes force a new resource, their defaults, and which of them exclude or need one another.
// schema/provider-facts.mjs copies it into the source of a provider, puts a `provider.go` next to it that says which
// provider that is, and runs it there.
package main

import (
	"encoding/json"
	"log"
	"os"
	"sort"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// fieldFacts is what the source says of an attribute or block; what is absent is false, nothing or zero.
type fieldFacts struct {
	ForceNew  bool `json:"force_new,omitempty"`
	Default   any  `json:"default,omitempty"`
	Sensitive bool `json:"sensitive,omitempty"`
	Optional  bool `json:"optional,omitempty"`
	Computed  bool `json:"computed,omitempty"`
	Block     bool `json:"block,omitempty"`
	// Attribute says that a block is written as an attribute, of which each object has all its names.
	Attribute     bool     `json:"attribute,omitempty"`
	Deprecated    bool     `json:"deprecated,omitempty"`
	MinItems      int      `json:"min_items,omitempty"`
	MaxItems      int      `json:"max_items,omitempty"`
	ExactlyOneOf  []string `json:"exactly_one_of,omitempty"`
	AtLeastOneOf  []string `json:"at_least_one_of,omitempty"`
	ConflictsWith []string `json:"conflicts_with,omitempty"`
	RequiredWith  []string `json:"required_with,omitempty"`
}

type typeFacts struct {
	Version int `json:"version,omitempty"`
	// Custom says that a function of the provider decides about changes as well, which no listing can tell.
	Custom bool                  `json:"custom,omitempty"`
	Fields map[string]fieldFacts `json:"fields"`
}

type providerFacts struct {
	Resources map[string]typeFacts `json:"resources"`
	Data      map[string]typeFacts `json:"data"`
}

func main() {
	provider := theProvider()
	facts := providerFacts{Resources: typesOf(provider.ResourcesMap), Data: typesOf(provider.DataSourcesMap)}
	if err := json.NewEncoder(os.Stdout).Encode(facts); err != nil {
		log.Fatal(err)
	}
}

func typesOf(resources map[string]*schema.Resource) map[string]typeFacts {
	types := make(map[string]typeFacts, len(resources))
	for name, resource := range resources {
		fields := map[string]fieldFacts{}
		addFields(fields, "", resource)
		types[name] = typeFacts{Version: resource.SchemaVersion, Custom: resource.CustomizeDiff != nil, Fields: fields}
	}
	return types
}

func addFields(fields map[string]fieldFacts, prefix string, resource *schema.Resource) {
	for name, field := range resource.SchemaMap() {
		path := prefix + name
		inner, isBlock := field.Elem.(*schema.Resource)
		fields[path] = factsOf(field, isBlock)
		if isBlock {
			addFields(fields, path+".", inner)
		}
	}
}

func factsOf(field *schema.Schema, isBlock bool) fieldFacts {
	return fieldFacts{
		ForceNew:      field.ForceNew,
		Default:       field.Default,
		Sensitive:     field.Sensitive,
		Optional:      field.Optional,
		Computed:      field.Computed,
		Block:         isBlock,
		Attribute:     isBlock && field.ConfigMode == schema.SchemaConfigModeAttr,
		Deprecated:    field.Deprecated != "",
		MinItems:      field.MinItems,
		MaxItems:      field.MaxItems,
		ExactlyOneOf:  sorted(field.ExactlyOneOf),
		AtLeastOneOf:  sorted(field.AtLeastOneOf),
		ConflictsWith: sorted(field.ConflictsWith),
		RequiredWith:  sorted(field.RequiredWith),
	}
}

func sorted(names []string) []string {
	copied := append([]string(nil), names...)
	sort.Strings(copied)
	return copied
}
