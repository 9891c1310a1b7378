-- Orders to start that the node has not obeyed yet; they are given again when its control channel comes back.
CREATE TABLE session_orders (
  session_id VARCHAR(96) PRIMARY KEY REFERENCES sessions (id),
  payload VARCHAR(1048576) NOT NULL
);
