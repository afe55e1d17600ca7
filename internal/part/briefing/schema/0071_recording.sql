-- +goose Up
-- The recording of a briefing's picture and sound, as it stands; its files lie in
-- the data directory, what happened to it is in the log.
CREATE TABLE briefing_recording (
	briefing_id BIGINT  PRIMARY KEY REFERENCES briefing (id),
	running     INTEGER NOT NULL, -- 1: the chair has it recorded; it rests while the meeting is paused
	begun_at    BIGINT  NOT NULL, -- first
	until_day   TEXT    NOT NULL, -- the last day on which it is kept
	watchers    TEXT    NOT NULL, -- '': who sat in the briefing; host: the host's office alone
	deleted_at  BIGINT  NOT NULL, -- 0 while it is kept
	node        TEXT    NOT NULL, -- who records; '' for nobody
	node_until  BIGINT  NOT NULL  -- and until when by the machine's clock, unless it says so again
);

-- How far the business clock was ahead of the machine's while it was recorded: the
-- recorder knows the machine's alone.
CREATE TABLE briefing_recording_clock (
	briefing_id BIGINT NOT NULL REFERENCES briefing_recording (briefing_id),
	since       BIGINT NOT NULL, -- by the machine's clock
	ahead       BIGINT NOT NULL, -- microseconds
	PRIMARY KEY (briefing_id, since)
);
