-- Open event streams hear that somebody may have lost the right to read them (channel "members", payload the workspace).
CREATE FUNCTION "notify_members"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('members', OLD.workspace_id);
  RETURN NULL;
END $$;

CREATE TRIGGER "member_left" AFTER UPDATE ON "member" FOR EACH ROW
  WHEN (OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL) EXECUTE FUNCTION "notify_members"();
CREATE TRIGGER "session_ended" AFTER DELETE ON "session" FOR EACH ROW EXECUTE FUNCTION "notify_members"();
