-- Run again whenever it changes: grants may be given twice.
GRANT SELECT ON orders, orders_per_day TO PUBLIC;
