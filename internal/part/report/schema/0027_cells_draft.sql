-- +goose Up
-- What a committee has ticked of its cells and not signed yet; one at a milestone.
CREATE TABLE cells_draft (
	directive_id BIGINT NOT NULL,
	milestone    TEXT   NOT NULL,
	unit_id      BIGINT NOT NULL, -- the committee
	key          TEXT   NOT NULL UNIQUE, -- becomes that of the form: one list, one report a cell
	revision     BIGINT NOT NULL, -- counts saves, to notice two editors
	content      TEXT   NOT NULL, -- as in report_draft, by the fields of cells
	person_id    BIGINT NOT NULL, -- who saved last
	saved_at     BIGINT NOT NULL,
	begun_at     BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (directive_id, milestone, unit_id)
);
