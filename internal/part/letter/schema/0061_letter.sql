-- +goose Up
-- What is written to people by e-mail. Address and text are made when it is sent.
CREATE TABLE letter (
	id          ROWID_KEY,
	briefing_id BIGINT  NOT NULL REFERENCES briefing (id),
	unit_id     BIGINT  NOT NULL, -- for whose site; the host for who leads the meeting
	person_id   BIGINT  NOT NULL,
	kind        TEXT    NOT NULL, -- invited, changed, cancelled, withdrawn, reminded
	cause       BIGINT  NOT NULL, -- position of the event because of which it is written
	begins_at   BIGINT  NOT NULL, -- when the briefing begins, by this letter
	minutes     INTEGER NOT NULL,
	was_at      BIGINT  NOT NULL, -- when it began by the letter before; 0 for none
	made_at     BIGINT  NOT NULL,
	state       TEXT    NOT NULL, -- waiting, sent, failed, dropped
	attempts    INTEGER NOT NULL,
	due_at      BIGINT  NOT NULL, -- by the machine's clock: not before
	sent_at     BIGINT  NOT NULL, -- 0 until it was
	trouble     TEXT    NOT NULL, -- why it was not sent; ''
	said        TEXT    NOT NULL, -- what the server said to that; it may hold an address
	UNIQUE (briefing_id, person_id, cause)
);
CREATE INDEX letter_due ON letter (state, due_at);
