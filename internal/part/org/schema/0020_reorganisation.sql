-- +goose Up
-- A merger, split or dissolution, as one act with its decision.
CREATE TABLE reorganisation (
	id          ROWID_KEY,
	kind        TEXT   NOT NULL, -- merger, split, dissolution
	decision    TEXT   NOT NULL, -- number and symbol
	decided     TEXT   NOT NULL, -- the decision's day
	from_date   TEXT   NOT NULL, -- the first day on which it holds
	recorded_at BIGINT NOT NULL
);

-- Who comes after whom: a row for each heir of a unit, one with heir 0 for a
-- unit without any.
CREATE TABLE reorganisation_unit (
	act_id  BIGINT  NOT NULL REFERENCES reorganisation (id),
	unit_id BIGINT  NOT NULL REFERENCES unit (id),
	heir_id BIGINT  NOT NULL,
	rank    INTEGER NOT NULL, -- 1 for the heir that takes up what the unit had begun
	PRIMARY KEY (act_id, unit_id, heir_id)
);
CREATE INDEX reorganisation_unit_unit ON reorganisation_unit (unit_id);
CREATE INDEX reorganisation_unit_heir ON reorganisation_unit (heir_id);
