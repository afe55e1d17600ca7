-- +goose Up
-- The scanned sheet that the people in a site's room signed; the last one counts.
CREATE TABLE briefing_sheet (
	site_id   BIGINT NOT NULL PRIMARY KEY REFERENCES briefing_site (id),
	file_id   TEXT   NOT NULL,
	at        BIGINT NOT NULL,
	person_id BIGINT NOT NULL -- who sent it
);
