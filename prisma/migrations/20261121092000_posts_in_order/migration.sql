-- A reader resumes after the last sequence that it saw, so posts must become visible in the order of their sequence: who takes
-- one holds the next writer back until it has committed. (The lock is let go after the commit is visible.)
CREATE OR REPLACE FUNCTION "post_next_sequence"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('post_sequence', 0));
  NEW.sequence := nextval('post_sequence_seq');
  RETURN NEW;
END $$;

CREATE TRIGGER "post_made" BEFORE INSERT ON "post" FOR EACH ROW EXECUTE FUNCTION "post_next_sequence"();
