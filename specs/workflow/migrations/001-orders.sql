CREATE TABLE orders (
  id bigint PRIMARY KEY,
  arrived_at timestamptz NOT NULL DEFAULT now()
);
