-- +goose Up
-- What was printed for a leader to decide with a pen.
CREATE TABLE folder (
	id         ROWID_KEY,
	key        TEXT   NOT NULL UNIQUE, -- of the form that printed it: one form, one folder
	unit_id    BIGINT NOT NULL,
	leader_id  BIGINT NOT NULL, -- the person for whom it is
	leader     TEXT   NOT NULL, -- name and post
	printed_by BIGINT NOT NULL, -- a person
	printer    TEXT   NOT NULL, -- name and post
	printed_at BIGINT NOT NULL,
	lang       TEXT   NOT NULL, -- in which it was printed
	summary    TEXT   NOT NULL  -- what its first sheet counts; JSON
);
CREATE INDEX folder_unit ON folder (unit_id, printed_at);

-- A slip of a folder, as it was printed and as it came back.
CREATE TABLE folder_slip (
	id          ROWID_KEY,
	folder_id   BIGINT  NOT NULL REFERENCES folder (id),
	place       INTEGER NOT NULL, -- in its folder, from 1
	code        TEXT    NOT NULL UNIQUE,
	kind        TEXT    NOT NULL,
	item_id     BIGINT  NOT NULL, -- the report, difficulty or task
	part_id     BIGINT  NOT NULL, -- the unit whose share of a task; 0 for none
	subject     TEXT    NOT NULL, -- of the item's events
	position    BIGINT  NOT NULL, -- of the item's newest event when it was printed
	content     TEXT    NOT NULL, -- what stands on it; JSON
	choice      TEXT    NOT NULL, -- that was ticked; '' while it is out
	note        TEXT    NOT NULL,
	file_id     TEXT    NOT NULL, -- its picture
	entered_by  BIGINT  NOT NULL, -- a person
	enterer     TEXT    NOT NULL, -- name, and by whose authority
	entered_at  BIGINT  NOT NULL, -- 0 while it is out
	verdict     TEXT    NOT NULL, -- of the leader on what was entered: right, wrong; '' for none
	remark      TEXT    NOT NULL, -- what is wrong
	verdict_at  BIGINT  NOT NULL
);
CREATE INDEX folder_slip_folder ON folder_slip (folder_id, place);
CREATE INDEX folder_slip_subject ON folder_slip (subject);
