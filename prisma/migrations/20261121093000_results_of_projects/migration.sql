-- A kept result holds what was said in its project: it goes when the last project that made or took it is deleted. Results
-- from before do not say whose they are, so they go now.
DELETE FROM "step_result";
ALTER TABLE "step_result" ADD COLUMN "project_id" TEXT;
CREATE INDEX "step_result_workspace_id_niche_id_project_id_idx" ON "step_result"("workspace_id", "niche_id", "project_id");
