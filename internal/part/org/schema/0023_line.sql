-- +goose Up
-- Lines of reporting beside the tree: which unit heads another one in a line.
CREATE TABLE unit_line (
	unit_id   BIGINT NOT NULL,
	line      TEXT   NOT NULL, -- key in the profile
	head_id   BIGINT NOT NULL, -- the unit that it reports to in the line
	from_date TEXT   NOT NULL,
	to_date   TEXT   NOT NULL, -- the first day without it; '' while it holds
	PRIMARY KEY (unit_id, line, from_date)
);
CREATE INDEX unit_line_head ON unit_line (head_id, line);
