-- +goose Up
-- What a site's devices, browser and line were like when it tried them before the
-- meeting; the last try counts.
CREATE TABLE briefing_check (
	briefing_id BIGINT  NOT NULL REFERENCES briefing (id),
	unit_id     BIGINT  NOT NULL, -- of the site
	at          BIGINT  NOT NULL,
	person_id   BIGINT  NOT NULL, -- who tried
	browser     TEXT    NOT NULL, -- as it names itself, short
	secure      INTEGER NOT NULL, -- 1: the page came over a line that browsers trust with devices
	modern      INTEGER NOT NULL, -- 1: it can do what the room needs
	calls       INTEGER NOT NULL, -- 1: WebRTC
	codecs      INTEGER NOT NULL, -- 1: it plays and sends the picture and sound that are used
	round_trip  INTEGER NOT NULL, -- milliseconds
	down        INTEGER NOT NULL, -- kbit/s
	up          INTEGER NOT NULL, -- kbit/s
	camera      TEXT    NOT NULL, -- '' for not tried
	microphone  TEXT    NOT NULL,
	speakers    TEXT    NOT NULL,
	PRIMARY KEY (briefing_id, unit_id)
);

-- 1: sites try camera, microphone and speakers, too.
ALTER TABLE briefing ADD COLUMN devices INTEGER NOT NULL DEFAULT 0;
