-- +goose Up
-- What the chair of a briefing concluded. What is only drafted is in no event.
CREATE TABLE conclusion (
	id           ROWID_KEY,
	key          TEXT    NOT NULL UNIQUE, -- of the form that wrote it first: one form, one conclusion
	briefing_id  BIGINT  NOT NULL,
	unit_id      BIGINT  NOT NULL, -- the host
	place        INTEGER NOT NULL, -- from 1, among those of one notice
	title        TEXT    NOT NULL,
	body         TEXT    NOT NULL,
	assignees    TEXT    NOT NULL, -- JSON: for whom it is
	deadline     TEXT    NOT NULL,
	directive_id BIGINT  NOT NULL, -- 0 for none
	milestone    TEXT    NOT NULL, -- '' for a report with evidence
	verifier_id  BIGINT  NOT NULL,
	state        TEXT    NOT NULL, -- drafted, approved, issued, replaced, withdrawn
	revision     BIGINT  NOT NULL,
	written_by   BIGINT  NOT NULL, -- a person
	writer       TEXT    NOT NULL,
	written_at   BIGINT  NOT NULL,
	approved_at  BIGINT  NOT NULL, -- 0 before that
	task_id      BIGINT  NOT NULL, -- 0 before that
	units        INTEGER NOT NULL, -- how many it is for; 0 before that
	notice_id    BIGINT  NOT NULL, -- 0 for none yet
	replaces_id  BIGINT  NOT NULL, -- 0 for none
	ends         BOOLEAN NOT NULL  -- it only withdraws what it replaces
);
CREATE INDEX conclusion_briefing ON conclusion (briefing_id, place);
CREATE INDEX conclusion_notice ON conclusion (notice_id, place);

-- The notice by which an office issues conclusions of one briefing.
CREATE TABLE notice (
	id          ROWID_KEY,
	key         TEXT   NOT NULL UNIQUE, -- of the form that prepared it
	briefing_id BIGINT NOT NULL,
	unit_id     BIGINT NOT NULL, -- whose office issues it
	paper_id    BIGINT NOT NULL, -- in the register
	head        TEXT   NOT NULL, -- JSON: what stands on it beside the conclusions
	prepared_at BIGINT NOT NULL,
	issued_at   BIGINT NOT NULL  -- 0 before that
);
CREATE INDEX notice_briefing ON notice (briefing_id, id);
