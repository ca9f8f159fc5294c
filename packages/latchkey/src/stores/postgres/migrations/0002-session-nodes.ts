/**
 * One row for each process that may answer from its cache. A row is written twice a second: it finds room in its
 * page each time. The instants are the database's and serve people and the search for nodes that are gone; whether
 * a node's lease is over is measured by monotonic clocks.
 */
export function sessionNodes(): string {
  return `CREATE TABLE session_nodes (
  node_id text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  is_fenced boolean NOT NULL,
  registered_at timestamptz NOT NULL,
  renewed_at timestamptz NOT NULL
) WITH (fillfactor = 20);
`
}
