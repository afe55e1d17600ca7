-- +goose Up
-- What a unit is at a milestone beside done and not done, by a decision of a
-- unit above. Rows stay: those that ended are its history.
CREATE TABLE directive_standing (
	id           ROWID_KEY,
	directive_id BIGINT  NOT NULL REFERENCES directive (id),
	milestone    TEXT    NOT NULL, -- '' for all of the directive's
	unit_id      BIGINT  NOT NULL,
	standing     TEXT    NOT NULL, -- key of the profile's standings
	counts       INTEGER NOT NULL, -- 1: stays in the denominator
	until_date   TEXT    NOT NULL, -- the unit's deadline; '' for that of the directive
	decision     TEXT    NOT NULL, -- its number
	reason       TEXT    NOT NULL,
	set_for      BIGINT  NOT NULL, -- the unit that decided
	signer       TEXT    NOT NULL, -- name and post
	set_at       BIGINT  NOT NULL,
	ender        TEXT    NOT NULL, -- name and post of who ended or replaced it; '' while it holds
	ended_at     BIGINT  NOT NULL  -- 0 while it holds
);
CREATE UNIQUE INDEX directive_standing_now ON directive_standing (directive_id, milestone, unit_id) WHERE ended_at = 0;
CREATE INDEX directive_standing_unit ON directive_standing (unit_id, directive_id);
