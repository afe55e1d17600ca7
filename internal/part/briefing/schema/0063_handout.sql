-- +goose Up
-- Handouts: the papers of a briefing or of one of its items, with their versions.
CREATE TABLE briefing_handout (
	id           ROWID_KEY,
	briefing_id  BIGINT  NOT NULL REFERENCES briefing (id),
	item_id      BIGINT  NOT NULL, -- of the agenda; 0 for the briefing as a whole
	unit_id      BIGINT  NOT NULL, -- who handed it out: the host, or a site for its own item
	title        TEXT    NOT NULL,
	withdrawn_at BIGINT  NOT NULL  -- 0 while it counts
);
CREATE INDEX briefing_handout_briefing ON briefing_handout (briefing_id, id);

CREATE TABLE briefing_handout_version (
	handout_id BIGINT  NOT NULL REFERENCES briefing_handout (id),
	version    INTEGER NOT NULL, -- from 1; the last one counts
	key        TEXT    NOT NULL UNIQUE, -- of the form that sent it
	file_id    TEXT    NOT NULL,
	pdf_id     TEXT    NOT NULL, -- the file as PDF, where the program made one; '' for none
	pdf_state  TEXT    NOT NULL, -- '' while none was asked for, made, failed
	at         BIGINT  NOT NULL,
	person_id  BIGINT  NOT NULL, -- who sent it
	PRIMARY KEY (handout_id, version)
);

-- Who opened which version, by the site at which that is counted. It is no event, so
-- that a person's can be erased.
CREATE TABLE briefing_handout_reading (
	handout_id BIGINT  NOT NULL REFERENCES briefing_handout (id),
	version    INTEGER NOT NULL,
	person_id  BIGINT  NOT NULL,
	unit_id    BIGINT  NOT NULL, -- of the site
	at         BIGINT  NOT NULL, -- opened first
	PRIMARY KEY (handout_id, version, person_id)
);
CREATE INDEX briefing_handout_reading_person ON briefing_handout_reading (person_id);

-- What a person wrote beside a page for nobody else.
CREATE TABLE briefing_handout_note (
	handout_id BIGINT  NOT NULL REFERENCES briefing_handout (id),
	version    INTEGER NOT NULL,
	page       INTEGER NOT NULL, -- from 1
	person_id  BIGINT  NOT NULL,
	note       TEXT    NOT NULL,
	at         BIGINT  NOT NULL,
	PRIMARY KEY (handout_id, version, page, person_id)
);
CREATE INDEX briefing_handout_note_person ON briefing_handout_note (person_id);

-- A page of a handout can be what all screens show.
ALTER TABLE briefing ADD COLUMN shown_handout BIGINT NOT NULL DEFAULT 0;
ALTER TABLE briefing ADD COLUMN shown_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE briefing ADD COLUMN shown_page INTEGER NOT NULL DEFAULT 0;
