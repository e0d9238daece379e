CREATE VIEW orders_per_day AS
  SELECT date_trunc('day', arrived_at) AS day, count(*) AS orders FROM orders GROUP BY 1;
