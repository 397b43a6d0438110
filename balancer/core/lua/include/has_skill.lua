-- May the caller's desk call from this queue of its branch?
local function has_skill(queue)
  for _, skill in ipairs(skills_of((load_desk(branch, desk)))) do
    if skill == queue then
      return true
    end
  end
  return false
end
