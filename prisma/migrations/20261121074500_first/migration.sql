-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "workspace" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "project_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "niche" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "niche_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "locale" TEXT,
    "removed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invite" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invite_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "member_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "workspace_id" TEXT NOT NULL,
    "member_id" TEXT NOT NULL DEFAULT '',
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("workspace_id","member_id","key")
);

-- CreateTable
CREATE TABLE "secret" (
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "secret_pkey" PRIMARY KEY ("workspace_id","name")
);

-- CreateTable
CREATE TABLE "installation" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "project" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "niche_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "requested_by" TEXT NOT NULL,
    "reviewers" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "niche_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "plan" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 1,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "step" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "niche_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "fan_key" TEXT NOT NULL DEFAULT '',
    "generation" INTEGER NOT NULL DEFAULT 1,
    "kind" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "needs" INTEGER NOT NULL DEFAULT 0,
    "overrides" JSONB,
    "redo" INTEGER NOT NULL DEFAULT 0,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "crashes" INTEGER NOT NULL DEFAULT 0,
    "fence" BIGINT,
    "worker_id" TEXT,
    "dispatch" INTEGER NOT NULL DEFAULT 0,
    "queued_at" TIMESTAMPTZ(3),
    "available_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "weight" INTEGER NOT NULL DEFAULT 1,
    "progress" JSONB,
    "output" JSONB,
    "subject" JSONB,
    "error" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "decided_by" TEXT,
    "decision" TEXT,
    "reused" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "step_dependency" (
    "step_id" TEXT NOT NULL,
    "needs_id" TEXT NOT NULL,

    CONSTRAINT "step_dependency_pkey" PRIMARY KEY ("step_id","needs_id")
);

-- CreateTable
CREATE TABLE "revision" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "niche_id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "review" JSONB NOT NULL,
    "changes" JSONB NOT NULL,
    "member_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "step_result" (
    "workspace_id" TEXT NOT NULL,
    "niche_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "output" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "step_result_pkey" PRIMARY KEY ("workspace_id","niche_id","key")
);

-- CreateTable
CREATE TABLE "artifact" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "niche_id" TEXT NOT NULL,
    "project_id" TEXT,
    "step_id" TEXT,
    "sha256" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT,
    "duration_ms" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_call" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "niche_id" TEXT NOT NULL,
    "project_id" TEXT,
    "step_id" TEXT,
    "capability" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT,
    "outcome" TEXT NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "cost_micros" BIGINT NOT NULL DEFAULT 0,
    "units" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "provider_call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "thread" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "room_id" TEXT NOT NULL,
    "project_id" TEXT,
    "member_id" TEXT,
    "external_id" TEXT,
    "title" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "thread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "room_id" TEXT NOT NULL,
    "thread_id" TEXT NOT NULL,
    "project_id" TEXT,
    "key" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "card" JSONB NOT NULL,
    "card_hash" TEXT NOT NULL,
    "external_id" TEXT,
    "nonce" TEXT NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "action" (
    "token" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "room_id" TEXT NOT NULL,
    "thread_id" TEXT,
    "project_id" TEXT,
    "name" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "payload" JSONB,
    "role" TEXT NOT NULL,
    "member_id" TEXT,
    "one_shot" BOOLEAN NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "used_by" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "action_pkey" PRIMARY KEY ("token")
);

-- CreateTable
CREATE TABLE "reminder" (
    "workspace_id" TEXT NOT NULL,
    "niche_id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "hours" INTEGER NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("step_id","hours")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "resources" JSONB NOT NULL,
    "tools" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalogue" (
    "workspace_id" TEXT NOT NULL,
    "capability" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "available" BOOLEAN NOT NULL,
    "reason" TEXT,
    "details" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalogue_pkey" PRIMARY KEY ("workspace_id","capability","provider")
);

-- CreateTable
CREATE TABLE "fair_share" (
    "workspace_id" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "finish" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "fair_share_pkey" PRIMARY KEY ("workspace_id","resource")
);

-- CreateIndex
CREATE UNIQUE INDEX "niche_workspace_id_id_key" ON "niche"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "niche_workspace_id_name_key" ON "niche"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "room_workspace_id_id_key" ON "room"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "room_surface_external_id_key" ON "room"("surface", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_workspace_id_id_key" ON "member"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "member_workspace_id_surface_external_id_key" ON "member"("workspace_id", "surface", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "invite_token_hash_key" ON "invite"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "invite_workspace_id_id_key" ON "invite"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "project_workspace_id_niche_id_updated_at_idx" ON "project"("workspace_id", "niche_id", "updated_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "project_workspace_id_id_key" ON "project"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "project_workspace_id_niche_id_id_key" ON "project"("workspace_id", "niche_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "project_workspace_id_number_key" ON "project"("workspace_id", "number");

-- CreateIndex
CREATE INDEX "run_status_idx" ON "run"("status");

-- CreateIndex
CREATE UNIQUE INDEX "run_workspace_id_niche_id_id_key" ON "run"("workspace_id", "niche_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "run_project_id_ordinal_key" ON "run"("project_id", "ordinal");

-- CreateIndex
CREATE INDEX "step_workspace_id_project_id_idx" ON "step"("workspace_id", "project_id");

-- CreateIndex
CREATE UNIQUE INDEX "step_workspace_id_niche_id_id_key" ON "step"("workspace_id", "niche_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "step_run_id_node_fan_key_generation_key" ON "step"("run_id", "node", "fan_key", "generation");

-- CreateIndex
CREATE INDEX "step_dependency_needs_id_idx" ON "step_dependency"("needs_id");

-- CreateIndex
CREATE INDEX "revision_step_id_number_idx" ON "revision"("step_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "revision_workspace_id_id_key" ON "revision"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "step_result_expires_at_idx" ON "step_result"("expires_at");

-- CreateIndex
CREATE INDEX "artifact_workspace_id_project_id_idx" ON "artifact"("workspace_id", "project_id");

-- CreateIndex
CREATE INDEX "artifact_sha256_idx" ON "artifact"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "artifact_workspace_id_id_key" ON "artifact"("workspace_id", "id");

-- CreateIndex
CREATE INDEX "provider_call_workspace_id_created_at_idx" ON "provider_call"("workspace_id", "created_at");

-- CreateIndex
CREATE INDEX "provider_call_workspace_id_project_id_idx" ON "provider_call"("workspace_id", "project_id");

-- CreateIndex
CREATE INDEX "provider_call_provider_created_at_idx" ON "provider_call"("provider", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "thread_workspace_id_id_key" ON "thread"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "thread_room_id_project_id_key" ON "thread"("room_id", "project_id");

-- CreateIndex
CREATE INDEX "post_sequence_idx" ON "post"("sequence");

-- CreateIndex
CREATE UNIQUE INDEX "post_workspace_id_id_key" ON "post"("workspace_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "post_thread_id_key_generation_key" ON "post"("thread_id", "key", "generation");

-- CreateIndex
CREATE INDEX "action_workspace_id_project_id_idx" ON "action"("workspace_id", "project_id");

-- CreateIndex
CREATE UNIQUE INDEX "action_room_id_name_target_version_verb_role_member_id_key" ON "action"("room_id", "name", "target", "version", "verb", "role", "member_id");

-- AddForeignKey
ALTER TABLE "niche" ADD CONSTRAINT "niche_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room" ADD CONSTRAINT "room_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invite" ADD CONSTRAINT "invite_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_workspace_id_member_id_fkey" FOREIGN KEY ("workspace_id", "member_id") REFERENCES "member"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "setting" ADD CONSTRAINT "setting_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "secret" ADD CONSTRAINT "secret_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_workspace_id_niche_id_fkey" FOREIGN KEY ("workspace_id", "niche_id") REFERENCES "niche"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_workspace_id_niche_id_project_id_fkey" FOREIGN KEY ("workspace_id", "niche_id", "project_id") REFERENCES "project"("workspace_id", "niche_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step" ADD CONSTRAINT "step_workspace_id_niche_id_run_id_fkey" FOREIGN KEY ("workspace_id", "niche_id", "run_id") REFERENCES "run"("workspace_id", "niche_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_dependency" ADD CONSTRAINT "step_dependency_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "step"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_dependency" ADD CONSTRAINT "step_dependency_needs_id_fkey" FOREIGN KEY ("needs_id") REFERENCES "step"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision" ADD CONSTRAINT "revision_workspace_id_niche_id_step_id_fkey" FOREIGN KEY ("workspace_id", "niche_id", "step_id") REFERENCES "step"("workspace_id", "niche_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_result" ADD CONSTRAINT "step_result_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "step_result" ADD CONSTRAINT "step_result_workspace_id_niche_id_fkey" FOREIGN KEY ("workspace_id", "niche_id") REFERENCES "niche"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_workspace_id_niche_id_fkey" FOREIGN KEY ("workspace_id", "niche_id") REFERENCES "niche"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_workspace_id_niche_id_project_id_fkey" FOREIGN KEY ("workspace_id", "niche_id", "project_id") REFERENCES "project"("workspace_id", "niche_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_call" ADD CONSTRAINT "provider_call_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_call" ADD CONSTRAINT "provider_call_workspace_id_niche_id_fkey" FOREIGN KEY ("workspace_id", "niche_id") REFERENCES "niche"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_workspace_id_room_id_fkey" FOREIGN KEY ("workspace_id", "room_id") REFERENCES "room"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_workspace_id_room_id_fkey" FOREIGN KEY ("workspace_id", "room_id") REFERENCES "room"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_workspace_id_thread_id_fkey" FOREIGN KEY ("workspace_id", "thread_id") REFERENCES "thread"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action" ADD CONSTRAINT "action_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action" ADD CONSTRAINT "action_workspace_id_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "project"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_workspace_id_niche_id_step_id_fkey" FOREIGN KEY ("workspace_id", "niche_id", "step_id") REFERENCES "step"("workspace_id", "niche_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say: written by hand from here on.

-- Titles are searched by any part of a word, in any case.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "project_title_trgm_idx" ON "project" USING gin ("title" gin_trgm_ops) WHERE "deleted_at" IS NULL;

-- Every claim of a step takes a new fence: only its holder can complete or fail the step.
CREATE SEQUENCE "step_fence" AS bigint;

-- Dispatch picks the next steps of each workspace, heaviest and oldest first.
CREATE INDEX "step_ready_idx" ON "step" ("resource", "workspace_id", "weight" DESC, "ready_at") WHERE "status" = 'ready';
-- What was handed to the queue and not claimed yet.
CREATE INDEX "step_queued_idx" ON "step" ("resource", "queued_at") WHERE "status" = 'ready' AND "queued_at" IS NOT NULL;
-- Reconcile looks for steps whose worker is gone.
CREATE INDEX "step_running_idx" ON "step" ("heartbeat_at") WHERE "status" = 'running';
CREATE INDEX "step_worker_idx" ON "step" ("worker_id") WHERE "status" = 'running';
-- Inboxes and reminders look for what waits for a person.
CREATE INDEX "step_waiting_person_idx" ON "step" ("workspace_id", "ready_at") WHERE "status" = 'waiting_person';
-- Reconcile looks at runs that are not over.
CREATE INDEX "run_open_idx" ON "run" ("id") WHERE "status" IN ('active', 'paused', 'waiting');

-- One default niche a workspace, and one lobby a member in a room.
CREATE UNIQUE INDEX "niche_default_key" ON "niche" ("workspace_id") WHERE "is_default";
CREATE UNIQUE INDEX "thread_lobby_key" ON "thread" ("room_id", "member_id") WHERE "member_id" IS NOT NULL;

-- An intent for everybody (no member) is one intent: its token is minted once.
DROP INDEX "action_room_id_name_target_version_verb_role_member_id_key";
CREATE UNIQUE INDEX "action_room_id_name_target_version_verb_role_member_id_key"
  ON "action" ("room_id", "name", "target", "version", "verb", "role", "member_id") NULLS NOT DISTINCT;

-- Listeners of channel `project` hear the id of every project whose thread may have to change. A session that sets
-- dailies.quiet to on tells them itself: NOTIFY makes commits wait for each other, which a busy engine avoids by batching.
CREATE FUNCTION "notify_project"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'project' THEN
    PERFORM pg_notify('project', CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END);
  ELSIF TG_TABLE_NAME = 'revision' THEN
    PERFORM pg_notify('project', s.project_id) FROM step s WHERE s.id = NEW.step_id;
  ELSE
    PERFORM pg_notify('project', NEW.project_id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "project_notify" AFTER INSERT OR UPDATE OR DELETE ON "project" FOR EACH ROW
  WHEN (coalesce(current_setting('dailies.quiet', true), '') <> 'on') EXECUTE FUNCTION "notify_project"();
CREATE TRIGGER "run_notify_insert" AFTER INSERT ON "run" FOR EACH ROW
  WHEN (coalesce(current_setting('dailies.quiet', true), '') <> 'on') EXECUTE FUNCTION "notify_project"();
CREATE TRIGGER "run_notify_update" AFTER UPDATE ON "run" FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status AND coalesce(current_setting('dailies.quiet', true), '') <> 'on')
  EXECUTE FUNCTION "notify_project"();
CREATE TRIGGER "step_notify_insert" AFTER INSERT ON "step" FOR EACH ROW
  WHEN (coalesce(current_setting('dailies.quiet', true), '') <> 'on') EXECUTE FUNCTION "notify_project"();
-- A heartbeat or a dispatch changes nothing that people see.
CREATE TRIGGER "step_notify_update" AFTER UPDATE ON "step" FOR EACH ROW
  WHEN ((OLD.status, OLD.progress, OLD.attempt, OLD.revision, OLD.subject, OLD.output, OLD.error, OLD.available_at)
      IS DISTINCT FROM (NEW.status, NEW.progress, NEW.attempt, NEW.revision, NEW.subject, NEW.output, NEW.error, NEW.available_at)
    AND coalesce(current_setting('dailies.quiet', true), '') <> 'on')
  EXECUTE FUNCTION "notify_project"();
CREATE TRIGGER "revision_notify" AFTER INSERT OR UPDATE ON "revision" FOR EACH ROW
  WHEN (coalesce(current_setting('dailies.quiet', true), '') <> 'on') EXECUTE FUNCTION "notify_project"();

-- A post's sequence grows with every change of its card: it is the event id that a reader resumes from.
CREATE FUNCTION "post_next_sequence"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.sequence := nextval('post_sequence_seq');
  RETURN NEW;
END $$;
CREATE TRIGGER "post_changed" BEFORE UPDATE ON "post" FOR EACH ROW
  WHEN (OLD.card_hash IS DISTINCT FROM NEW.card_hash OR OLD.revision IS DISTINCT FROM NEW.revision)
  EXECUTE FUNCTION "post_next_sequence"();

CREATE FUNCTION "notify_post"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('post', NEW.sequence::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "post_notify_insert" AFTER INSERT ON "post" FOR EACH ROW EXECUTE FUNCTION "notify_post"();
CREATE TRIGGER "post_notify_update" AFTER UPDATE ON "post" FOR EACH ROW
  WHEN (OLD.sequence IS DISTINCT FROM NEW.sequence) EXECUTE FUNCTION "notify_post"();
