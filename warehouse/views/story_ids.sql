-- One row per story id that was ever given: the living story that it stands for, so that saved ids keep working.
select story_id, story_id as current_story_id, false as is_merged
from stories
union all
select alias_story_id as story_id, story_id as current_story_id, true as is_merged
from story_aliases
