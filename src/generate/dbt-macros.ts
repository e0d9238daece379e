/** Generic tests that dbt lacks, by name. A test of dbt fails where its query returns a row. */
export const DBT_MACROS: Readonly<Record<string, string>> = {
  platc_rows: `{# Written by platc. Counts elements, considered and unexpected rows; where no row is considered, it holds. #}
{% test platc_rows(model, sql, mostly=1) %}
select * from ({{ sql | replace("__table__", model | string) }}) as counts
where considered > 0
  and cast(considered - unexpected as double precision) / cast(considered as double precision) < {{ mostly }}
{% endtest %}
`,
  platc_value: `{# Written by platc. Looks at one value of the whole table. #}
{% test platc_value(model, sql) %}
select * from ({{ sql | replace("__table__", model | string) }}) as answer where not holds
{% endtest %}
`,
  platc_columns: `{# Written by platc. Looks at the names of the columns. #}
{% test platc_columns(model, required, is_exact, least, most) %}
{% set faults = [] %}
{% if execute %}
  {% set names = run_query("select * from " ~ model ~ " limit 0").column_names | list %}
  {% for name in required if name not in names %}{% do faults.append(name) %}{% endfor %}
  {% if is_exact %}{% for name in names if name not in required %}{% do faults.append(name) %}{% endfor %}{% endif %}
  {% if names | length < least or names | length > most %}{% do faults.append("count") %}{% endif %}
{% endif %}
select 1 as fault where {{ faults | length }} > 0
{% endtest %}
`,
};
