-- +goose Up
-- Articles are published one by one: the index takes each at once, and searches find no list
-- of what waits. The tokens as they are: no parser of PostgreSQL's takes them apart. They lie beside the
-- rows, so that the rows of a common word are few pages.
ALTER TABLE news_entry ALTER COLUMN tokens SET STORAGE EXTERNAL;
ALTER TABLE news_entry SET (toast_tuple_target = 128);
CREATE INDEX news_entry_match ON news_entry USING gin (array_to_tsvector(string_to_array(tokens, ' '))) WITH (fastupdate = off);
