-- +goose Up
-- The screens on the wall of the host's room: what each shows, pinned or in turn.
CREATE TABLE briefing_wall (
	briefing_id BIGINT  NOT NULL REFERENCES briefing (id),
	number      INTEGER NOT NULL, -- from 1
	pictures    TEXT    NOT NULL, -- in their turn, with a comma between; one alone is pinned
	seconds     INTEGER NOT NULL, -- that each stays
	since       BIGINT  NOT NULL, -- when the turn began
	milestone   TEXT    NOT NULL, -- of the map's figure; '' for the board's widest
	level       TEXT    NOT NULL, -- of the units that it counts; '' for that with most still open
	PRIMARY KEY (briefing_id, number)
);
