-- +goose Up
-- What can be found, as it reads now; the log makes it anew.
CREATE TABLE search_entry (
	id        BIGINT NOT NULL PRIMARY KEY, -- orders: its moment, its kind, what it is
	owner     TEXT   NOT NULL, -- the subject whose events change it
	kind      TEXT   NOT NULL,
	about_id  BIGINT NOT NULL,
	within_id BIGINT NOT NULL, -- the briefing of a handout or of minutes, the slot's directive of a report; 0 for none
	unit_id   BIGINT NOT NULL, -- whose it is
	at        BIGINT NOT NULL,
	title     TEXT   NOT NULL,
	body      TEXT   NOT NULL,
	tokens    TEXT   NOT NULL -- what is matched: words, kind and readers, between spaces
);
CREATE INDEX search_entry_owner ON search_entry (owner);
