-- +goose Up
-- Moments to which a unit gave a name, to look at a directive's board as it was.
CREATE TABLE directive_moment (
	id           ROWID_KEY,
	directive_id BIGINT NOT NULL REFERENCES directive (id),
	unit_id      BIGINT NOT NULL, -- that named it
	name         TEXT   NOT NULL,
	name_key     TEXT   NOT NULL, -- folded: two names that sound alike are one
	at           BIGINT NOT NULL, -- a whole second; all of it is meant
	named_by     BIGINT NOT NULL, -- the person
	UNIQUE (directive_id, unit_id, name_key)
);
