-- Threads are written in the workspace's language, with its mentions: when that changes, all of them are shown anew.

CREATE FUNCTION "notify_settings"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('settings', NEW.workspace_id);
  RETURN NULL;
END $$;

CREATE TRIGGER "setting_seen" AFTER INSERT OR UPDATE ON "setting" FOR EACH ROW
  WHEN (NEW.key IN ('language', 'notify')) EXECUTE FUNCTION "notify_settings"();
