-- A token belongs to the thread that shows it, and means all that its intent says, payload included. Tokens that are shown
-- already go on working; a card that is rendered again gets new ones.
DROP INDEX "action_room_id_name_target_version_verb_role_member_id_key";
ALTER TABLE "action" ADD COLUMN "identity" TEXT;
UPDATE "action" SET "identity" = "token";
ALTER TABLE "action" ALTER COLUMN "identity" SET NOT NULL;
CREATE UNIQUE INDEX "action_room_id_identity_key" ON "action"("room_id", "identity");

-- Who applied or discarded a proposed edit: the one who comes second is told.
ALTER TABLE "revision" ADD COLUMN "decided_by" TEXT;
