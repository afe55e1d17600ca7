-- +goose Up
-- Official papers, from draft to issue; what they say is another part's.
CREATE TABLE paper (
	id         ROWID_KEY,
	key        TEXT   NOT NULL UNIQUE, -- of what drafted it: one key, one paper
	unit_id    BIGINT NOT NULL, -- whose office issues it
	kind       TEXT   NOT NULL, -- of the profile
	subject    TEXT   NOT NULL, -- of the ledger: what it is about, "notice:12"
	title      TEXT   NOT NULL,
	folded     TEXT   NOT NULL, -- title without marks, for searching
	urgency    TEXT   NOT NULL,
	secrecy    TEXT   NOT NULL,
	state      TEXT   NOT NULL, -- drafted, signed, numbered, issued, cancelled
	drafter    TEXT   NOT NULL,
	drafted_at BIGINT NOT NULL,
	content    TEXT   NOT NULL, -- hash of what it says, as it was initialled or signed; '' before that
	initialler TEXT   NOT NULL, -- '' before that
	authority  TEXT   NOT NULL, -- in whose name: "T/L BAN THƯỜNG VỤ"; '' for the signer's own
	signer     TEXT   NOT NULL, -- name and post; '' before that
	method     TEXT   NOT NULL, -- how: passkey, password
	signed_at  BIGINT NOT NULL,
	number     BIGINT NOT NULL, -- 0 before that
	number_text TEXT  NOT NULL, -- "12-TB/VPTU"
	dated      TEXT   NOT NULL,
	issued_at  BIGINT NOT NULL
);
CREATE INDEX paper_unit ON paper (unit_id, kind, id);
CREATE INDEX paper_subject ON paper (subject);

-- What stands in the numbers of a unit's papers behind the kind: the VPTU of "12-TB/VPTU".
CREATE TABLE paper_office (
	unit_id BIGINT PRIMARY KEY,
	symbol  TEXT   NOT NULL
);

-- The committee terms of a unit: numbers begin anew on the first day of each.
CREATE TABLE paper_term (
	unit_id  BIGINT NOT NULL,
	from_day TEXT   NOT NULL,
	PRIMARY KEY (unit_id, from_day)
);

-- How far the numbers of a unit, kind and term have come; its row is the lock that keeps
-- two clerks apart.
CREATE TABLE paper_series (
	unit_id BIGINT NOT NULL,
	kind    TEXT   NOT NULL,
	term    TEXT   NOT NULL, -- first day; '' before the first that was set
	last    BIGINT NOT NULL,
	PRIMARY KEY (unit_id, kind, term)
);

-- Every number that was ever taken.
CREATE TABLE paper_number (
	unit_id  BIGINT NOT NULL,
	kind     TEXT   NOT NULL,
	term     TEXT   NOT NULL,
	number   BIGINT NOT NULL,
	paper_id BIGINT NOT NULL, -- 0 while it is only reserved
	state    TEXT   NOT NULL, -- reserved, used, cancelled
	reason   TEXT   NOT NULL,
	clerk    TEXT   NOT NULL,
	taken_at BIGINT NOT NULL,
	PRIMARY KEY (unit_id, kind, term, number)
);
