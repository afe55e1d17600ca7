-- +goose Up
-- Changes of the tree that are dated ahead.
CREATE TABLE planned_change (
	id         ROWID_KEY,
	what       TEXT   NOT NULL, -- create, rename, move, level, dissolve, reorganise, list, adopt
	unit_id    BIGINT NOT NULL, -- at which it is shown
	from_date  TEXT   NOT NULL,
	state      TEXT   NOT NULL, -- planned, stuck, done, cancelled
	change     TEXT   NOT NULL, -- the command; JSON
	content    BYTEA  NOT NULL, -- of a list; empty otherwise
	planned_at BIGINT NOT NULL,
	planned_by TEXT   NOT NULL, -- name of who planned it
	why_vi     TEXT   NOT NULL, -- why it is stuck
	why_en     TEXT   NOT NULL,
	settled_at BIGINT NOT NULL  -- when it took effect, or was cancelled; 0 before
);
CREATE INDEX planned_change_state ON planned_change (state, from_date);
CREATE INDEX planned_change_unit ON planned_change (unit_id, state);
