/** Roles and areas of laptops. Those that joined before there were roles may do everything, as they could. */
export const roles = `
ALTER TABLE sync.device ADD COLUMN role text NOT NULL DEFAULT 'admin' CHECK (role IN ('technician', 'lead', 'admin', 'auditor'));
ALTER TABLE sync.device ALTER COLUMN role SET DEFAULT 'technician';
-- Places with everything below them; null is the whole store, an empty list nothing but what is everybody's.
ALTER TABLE sync.device ADD COLUMN areas uuid[];
-- What the code gives its laptop; a null role leaves it to who is there already.
ALTER TABLE sync.code ADD COLUMN role text;
ALTER TABLE sync.code ADD COLUMN areas uuid[];
CREATE INDEX incarnation_device ON sync.incarnation (device);
-- What waits about a row goes where the row goes.
CREATE INDEX conflicts_row_id ON app.conflicts (row_id);
`;
