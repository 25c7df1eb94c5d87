-- Workers hear when a workspace's keys or provider settings changed (channel "keys"), and the bot when a reminder is due to
-- be seen (channel "project").

CREATE FUNCTION "notify_keys"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('keys', CASE WHEN TG_OP = 'DELETE' THEN OLD.workspace_id ELSE NEW.workspace_id END);
  RETURN NULL;
END $$;

CREATE TRIGGER "secret_notify" AFTER INSERT OR UPDATE OR DELETE ON "secret" FOR EACH ROW EXECUTE FUNCTION "notify_keys"();
CREATE TRIGGER "setting_notify" AFTER INSERT OR UPDATE ON "setting" FOR EACH ROW
  WHEN (NEW.key IN ('providers', 'strategy', 'limits')) EXECUTE FUNCTION "notify_keys"();

CREATE FUNCTION "notify_reminder"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('project', s.project_id) FROM step s WHERE s.id = NEW.step_id;
  RETURN NULL;
END $$;

CREATE TRIGGER "reminder_notify" AFTER INSERT ON "reminder" FOR EACH ROW EXECUTE FUNCTION "notify_reminder"();
