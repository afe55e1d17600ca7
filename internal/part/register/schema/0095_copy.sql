-- +goose Up
-- PDFs of papers that were given out to be signed outside the program, with a pen or with
-- an office's token, and what came back.
CREATE TABLE paper_copy (
	code       TEXT   PRIMARY KEY, -- printed on each page
	key        TEXT   NOT NULL UNIQUE, -- of the form: one key, one copy
	paper_id   BIGINT NOT NULL,
	content    TEXT   NOT NULL, -- hash of what the paper said
	authority  TEXT   NOT NULL, -- in whose name: "T/L BAN THƯỜNG VỤ"; '' for the signer's own
	signer     TEXT   NOT NULL, -- name and post, as printed
	file_id    TEXT   NOT NULL, -- the PDF
	state      TEXT   NOT NULL, -- out, signed, void
	maker      TEXT   NOT NULL,
	made_at    BIGINT NOT NULL,
	signed_file TEXT  NOT NULL, -- what came back; '' before that
	enterer    TEXT   NOT NULL,
	entered_at BIGINT NOT NULL
);
CREATE INDEX paper_copy_paper ON paper_copy (paper_id);
