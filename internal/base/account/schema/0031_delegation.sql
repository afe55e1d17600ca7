-- +goose Up
-- What leaders handed over: some actions at a unit, to a person, for some days.
CREATE TABLE delegation (
	id        ROWID_KEY,
	unit      BIGINT NOT NULL,
	leader    BIGINT NOT NULL REFERENCES person (id), -- whose actions they are
	person    BIGINT NOT NULL REFERENCES person (id), -- to whom
	actions   TEXT   NOT NULL,                        -- separated by spaces
	authority TEXT   NOT NULL,                        -- as it stands in a signature
	from_day  TEXT   NOT NULL,
	to_day    TEXT   NOT NULL,                        -- included
	decision  TEXT   NOT NULL,                        -- number of the document; '' for none
	given     BIGINT NOT NULL,
	ended     BIGINT NOT NULL DEFAULT 0               -- before its last day
);
CREATE INDEX delegation_person ON delegation (person, ended, to_day);
CREATE INDEX delegation_unit ON delegation (unit, ended);
CREATE INDEX delegation_leader ON delegation (leader);

-- What was done under them, for whoever handed it over to see.
CREATE TABLE delegation_use (
	id         ROWID_KEY,
	delegation BIGINT NOT NULL REFERENCES delegation (id),
	action     TEXT   NOT NULL,
	subject    TEXT   NOT NULL, -- as the event names it
	at         BIGINT NOT NULL
);
CREATE INDEX delegation_use_of ON delegation_use (delegation);
