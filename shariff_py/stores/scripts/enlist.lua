-- now, most pages, when a page that has changed is due at the latest, then pairs of page and time of its last change ('' for not told) -> how many were new, how many were dropped
local now, new = ARGV[1], 0
for i = 4, #ARGV, 2 do
  local page, changed_at = ARGV[i], ARGV[i + 1]
  if redis.call('ZSCORE', p .. 'pages', page) then
    keep(page)
    redis.call('ZADD', p .. 'kept', now, page)
    local key = p .. 'page:' .. page
    if changed_at ~= '' then
      if tonumber(changed_at) > tonumber(redis.call('HGET', key, 'changed_at')) then
        for _, name in ipairs(platforms()) do redis.call('ZADD', p .. 'due:' .. name, 'XX', 'LT', ARGV[3], page) end
      end
      redis.call('HSET', key, 'changed_at', changed_at)
    end
  else
    add(page, now, changed_at ~= '' and changed_at or now, 'kept')
    new = new + 1
  end
end
return {new, make_room(tonumber(ARGV[2]), 0)}
